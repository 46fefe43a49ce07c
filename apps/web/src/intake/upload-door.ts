import { startUploadResponse, uploadSchema } from '@jiapian/contract';
import { ApiProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { sendFile } from './send-file.ts';
import { UploadQueue } from './upload-queue.ts';

/** One queue for the tab: leaving the page does not stop what is on its way. */
export const uploadQueue = new UploadQueue({
  start: async () => (await request(startUploadResponse, 'POST', '/uploads')).uploadId,
  arrived: async (uploadId) => {
    try {
      return (await request(uploadSchema, 'GET', `/uploads/${uploadId}`)).files;
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return null;
      throw error;
    }
  },
  send: sendFile,
  memory: sessionStorage,
  wait: (ms) =>
    new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        window.removeEventListener('online', done);
        resolve();
      }
      window.addEventListener('online', done);
    }),
});
