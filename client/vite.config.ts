import { defineConfig } from 'vite';

/** Where `npm run dev` finds the API: a server started with `npm start` on its default port. */
const devServer = 'http://127.0.0.1:3000';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Everything stays a file of its own: the content security policy allows no inline code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api/v1': devServer,
      '/socket.io': { target: devServer, ws: true },
    },
  },
});
