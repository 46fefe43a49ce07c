import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['JIAPIAN_HTTP'] ?? '127.0.0.1:8080';
const proxy = { target: `http://${server}`, changeOrigin: false };

export default defineConfig({
  plugins: [react()],
  server: { host: '127.0.0.1', proxy: { '/api': proxy, '/dicomweb': proxy } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The fonts are cut in about a hundred pieces; inlining the small ones would load them all.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
});
