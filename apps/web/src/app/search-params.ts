/** Plain query strings: the address of a list reads like the request it stands for, and can be shared. */
export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text));

export const stringifySearch = (search: Record<string, unknown>): string => {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === '') continue;
    parts.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  const text = parts.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
};
