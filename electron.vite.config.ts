import { resolve } from "node:path";
import { defineConfig } from "electron-vite";
import page from "./vite.config.ts";

const at = (path: string): string => resolve(import.meta.dirname, path);

/** Main with the backend inside, the sandboxed preload, and the page. */
export default defineConfig({
  main: {
    build: {
      outDir: at("out/main"),
      // Pure JavaScript goes into the bundle; what loads native parts by its place on the disk stays outside.
      externalizeDeps: { exclude: ["zod", "ws"] },
      rollupOptions: {
        input: {
          index: at("src/main/index.ts"),
          backendProcess: at("src/host/backendProcess.ts"),
          embedderThread: at("src/engine/embed/embedderThread.ts"),
        },
        // Beside the entries, because the program finds its folders from where its files lie.
        output: { chunkFileNames: "[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: at("out/preload"),
      // A sandboxed preload may not be a module and may load nothing: one file with everything in it.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: at("src/preload/index.ts") },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: page,
});
