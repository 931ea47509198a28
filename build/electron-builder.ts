import type { Configuration } from "electron-builder";

/** Parts of others that the bundles in `out` hold already: of them only who made them goes along, for "About". */
const bundled =
  "{@floating-ui,@mantine,@tabler,@tanstack,clsx,commander,i18next,react,react-dom,react-i18next,react-resizable-panels,scheduler,ws,zod}";

/**
 * The packaged program. Native parts lie outside the archive, and only those of this system; models lie beside
 * it. There is no packaging for another system: the others' binaries are not installed here.
 */
export default {
  appId: "org.notegrain.desktop",
  productName: "Notegrain",
  copyright: "Apache-2.0",
  directories: { output: "dist", buildResources: "build" },
  // The N-API binaries of the store fit Node and Electron alike, and those of the engine come as they are.
  npmRebuild: false,
  nodeGypRebuild: false,
  asar: true,
  files: [
    "out/**",
    "package.json",
    "LICENSE",
    "NOTICE",
    "!**/*.{map,ts,mts,cts,md,tsbuildinfo}",
    "!**/{test,tests,__tests__,.github}/**",
    `!node_modules/${bundled}/**`,
    `node_modules/${bundled}/**/{package.json,LICENSE,LICENSE.txt}`,
    // CPU and Vulkan (Metal on macOS); CUDA would add half a gigabyte.
    "!node_modules/@node-llama-cpp/**",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in
    "node_modules/@node-llama-cpp/${os}-${arch}*/**",
    "!node_modules/@node-llama-cpp/*cuda*/**",
    "!node_modules/node-llama-cpp/{llama,templates}/**",
    "node_modules/node-llama-cpp/llama/{package.json,binariesGithubRelease.json,llama.cpp.info.json}",
    // Of the encoder's runtime what Node loads: one script, and the WebAssembly with its own.
    "!node_modules/{@protobufjs,flatbuffers,guid-typescript,long,platform,protobufjs}/**",
    "!node_modules/onnxruntime-web/{docs,lib}/**",
    "!node_modules/onnxruntime-web/dist/**",
    "node_modules/onnxruntime-web/dist/{ort.node.min.mjs,ort-wasm-simd-threaded.mjs,ort-wasm-simd-threaded.wasm}",
    "!node_modules/better-sqlite3/{deps,src,binding.gyp}",
    "!node_modules/better-sqlite3/{deps,src}/**",
    "!node_modules/better-sqlite3/prebuilds/**",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in
    "node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node",
  ],
  asarUnpack: ["node_modules/better-sqlite3/prebuilds/**", "node_modules/@node-llama-cpp/**"],
  extraResources: [
    { from: "models", to: "models", filter: ["*.gguf", "*.onnx", "*.md"] },
    { from: "examples", to: "examples", filter: ["*.txt"] },
  ],
  electronFuses: {
    // Stays on for now: llama's binaries are first tried in a child process (docs/adr, shared design).
    runAsNode: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  mac: {
    target: [{ target: "dmg", arch: ["arm64"] }],
    category: "public.app-category.medical",
    // "Alternate": offered under "Open with", never the default program.
    fileAssociations: [
      { ext: ["txt", "text", "md", "note"], name: "Text note", role: "Viewer", rank: "Alternate" },
    ],
  },
  win: { target: [{ target: "nsis", arch: ["x64"] }] },
  nsis: { oneClick: false, perMachine: false, include: "build/openWith.nsh" },
  linux: {
    target: [{ target: "AppImage", arch: ["x64"] }],
    category: "Science",
    mimeTypes: ["text/plain", "text/markdown"],
  },
  publish: null,
} satisfies Configuration;
