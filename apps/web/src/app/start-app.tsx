import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import 'antd/dist/reset.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './fonts.css';
import './tokens.css';
import './base.css';
import { startI18n } from './i18n.ts';
import { queryClient } from './query-client.ts';
import { router } from './router.ts';
import { filmOfAddress } from '../review/first-film.ts';
import { dropPictureAhead } from '../review/picture-ahead.ts';

export const startApp = async (root: HTMLElement): Promise<void> => {
  router.subscribe('onResolved', ({ toLocation }) => {
    if (filmOfAddress(toLocation.pathname) === null) dropPictureAhead();
  });
  await startI18n();
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
};
