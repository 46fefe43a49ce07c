/** What the page will ask first is asked before the application is loaded; an answer left over goes stale and is dropped. */
const KEPT_MS = 5_000;

interface Asked {
  readonly at: number;
  readonly answer: Promise<Response>;
  readonly body: Promise<ArrayBuffer>;
}
const asked = new Map<string, Asked>();

/** Asks ahead; gives the status and headers with a copy of the body. */
export const askEarly = async (address: string): Promise<Response> => {
  const answer = fetch(address, { credentials: 'same-origin' });
  const body = answer.then((response) => response.arrayBuffer());
  // Whoever takes the answer hears of the failure.
  body.catch(() => undefined);
  asked.set(address, { at: performance.now(), answer, body });
  return again(await answer, await body);
};

/** The answer asked ahead for this address, once; undefined when there is none or it is too old. */
export const takeEarly = (address: string): Promise<Response> | undefined => {
  const found = asked.get(address);
  asked.delete(address);
  if (!found || performance.now() - found.at > KEPT_MS) return undefined;
  return Promise.all([found.answer, found.body]).then(([answer, body]) => again(answer, body));
};

const again = ({ status, headers }: Response, body: ArrayBuffer): Response => new Response(body, { status, headers });
