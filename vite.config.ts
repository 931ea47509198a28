import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The page, for both shells: `vite build` alone makes it, and electron.vite.config.ts takes it over. */
export default defineConfig({
  root: resolve(import.meta.dirname, "src/renderer"),
  base: "./",
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, "out/renderer"),
    emptyOutDir: true,
    target: "chrome138",
    minify: true,
    // A font or picture inside a style sheet would need `data:` sources in the content policy.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        web: resolve(import.meta.dirname, "src/renderer/web.html"),
        electron: resolve(import.meta.dirname, "src/renderer/electron.html"),
      },
    },
  },
});
