import react from '@vitejs/plugin-react';
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
    handler: (_html, { bundle = {} }) =>
      Object.keys(bundle)
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
    // The fonts are cut in about a hundred pieces; inlining the small ones would load them all.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1100,
    rolldownOptions: {
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
