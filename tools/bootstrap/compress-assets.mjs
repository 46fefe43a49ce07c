import fs from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Below this the head of an answer costs more than the compression saves, in bytes. */
const leastBytes = 1024;
const compressible = /\.(js|css|svg|json)$/;
/** Quality 9 of 11: within 2 % of the best size at a twentieth of its time. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Lays a `.br` and a `.gz` beside every text file that is named after its content; the server sends whichever is taken. */
export function compressAssets(assets) {
  for (const name of fs.readdirSync(assets)) {
    const file = path.join(assets, name);
    if (!compressible.test(name) || fs.statSync(file).size < leastBytes) continue;
    const content = fs.readFileSync(file);
    fs.writeFileSync(`${file}.br`, brotliCompressSync(content, brotli));
    fs.writeFileSync(`${file}.gz`, gzipSync(content));
  }
}
