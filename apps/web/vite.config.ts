import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const server = process.env['JIAPIAN_HTTP'] ?? '127.0.0.1:8080';
const proxy = { target: `http://${server}`, changeOrigin: false };

/**
 * The page names the two large pieces at once, so that they arrive while the first picture is asked for; main.ts says
 * when they run.
 */
const preloadPieces: Plugin = {
  name: 'preload-pieces',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {}, filename }) =>
      Object.keys(filename.endsWith('index.html') ? bundle : {})
        .filter((file) => /^assets\/(app|workstation)-[^.]*\.(js|css)$/.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: {
            ...(file.endsWith('.js') ? { rel: 'modulepreload' } : { rel: 'preload', as: 'style' }),
            crossorigin: true,
            href: `/${file}`,
          },
          injectTo: 'head',
        })),
  },
};

export default defineConfig({
  plugins: [react(), preloadPieces],
  server: { host: '127.0.0.1', proxy: { '/api': proxy, '/dicomweb': proxy } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // A browser without it loads the same pieces a moment later; a chunk for it would come before everything.
    modulePreload: { polyfill: false },
    // The fonts are cut in about a hundred pieces; inlining the small ones would load them all.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1100,
    rolldownOptions: {
      // The phone in a meeting gets a page of its own: the application would be a hundred times as much.
      input: { main: join(import.meta.dirname, 'index.html'), meet: join(import.meta.dirname, 'meet.html') },
      output: {
        // A module goes where it is first wanted, with all it imports: what asks for the first picture, the shell, the
        // workstation. Cut by who shares what, the workstation came in sixty pieces, and the picture waited behind them.
        codeSplitting: {
          groups: [
            { name: 'first', test: /src\/main\.ts$/, priority: 3 },
            { name: 'app', test: /src\/app\/start-app\.tsx$/, priority: 2 },
            { name: 'workstation', test: /src\/review\/workstation-page\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
});
