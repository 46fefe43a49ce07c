import { startTestPostgres } from './database.ts';

/** One PostgreSQL for the whole test run; every file makes its own database from the template. */
export default async (): Promise<() => Promise<void>> => {
  const postgres = await startTestPostgres();
  process.env['JIAPIAN_TEST_POSTGRES'] = postgres.url;
  return postgres.stop;
};
