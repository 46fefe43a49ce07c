import { addressOf } from './api/address.ts';
import { askEarly } from './api/early-answers.ts';
import { rememberedTheme } from './app/theme-choice.ts';
import { filmOfAddress, openFirstFilm } from './review/first-film.ts';

// This file and what it imports stay small: they ask for what the page needs before the application is loaded.
const root = document.getElementById('root');
const filmId = filmOfAddress(location.pathname);
// An early answer that fails is told of by the application, which takes it over.
if (filmId !== null) openFirstFilm(filmId).catch(() => undefined);
if (location.pathname !== '/sign-in') askEarly(addressOf('/session')).catch(() => undefined);
document.documentElement.dataset['theme'] = rememberedTheme(filmId === null ? 'desk' : 'reading');
const loaded = import('./app/start-app.tsx');
if (filmId !== null) void import('./review/workstation-page.tsx');
if (root) await (await loaded).startApp(root);
