import { addressOf } from './api/address.ts';
import { askEarly } from './api/early-answers.ts';
import { rememberedTheme } from './app/theme-choice.ts';
import { filmOfAddress, openFirstFilm } from './review/first-film.ts';

/** The application is evaluated after the first picture, unless that takes longer than this. */
const PICTURE_WAIT_MS = 400;

// This file and what it imports stay small: they ask for what the page needs before the application is loaded.
const filmId = filmOfAddress(location.pathname);
// An early answer that fails is told of by the application, which takes it over.
const picture = filmId === null ? Promise.resolve() : openFirstFilm(filmId).catch(() => undefined);
if (location.pathname !== '/sign-in') askEarly(addressOf('/session')).catch(() => undefined);
document.documentElement.dataset['theme'] = rememberedTheme(filmId === null ? 'desk' : 'reading');

const start = async (root: HTMLElement): Promise<void> => {
  // Both in one turn would keep the picture from the screen until all of the application had run.
  await Promise.race([picture, new Promise((resolve) => setTimeout(resolve, PICTURE_WAIT_MS))]);
  if (filmId !== null) void import('./review/workstation-page.tsx');
  const { startApp } = await import('./app/start-app.tsx');
  await startApp(root);
};

const root = document.getElementById('root');
// Not awaited here: the application imports this chunk, and each would wait for the other.
if (root) void start(root);
