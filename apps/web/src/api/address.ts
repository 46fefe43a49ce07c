const apiRoot = '/api/v1';

export type QueryValue = string | number | boolean | readonly string[] | null | undefined;

/** Path under the API root with its query; absent values are left out, lists become comma lists. */
export const addressOf = (path: string, query: Readonly<Record<string, QueryValue>> = {}): string => {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    const text = Array.isArray(value) ? value.join(',') : String(value);
    if (text !== '') parts.set(name, text);
  }
  const tail = parts.toString();
  return `${apiRoot}${path}${tail === '' ? '' : `?${tail}`}`;
};
