import type { SignedIn } from '../testkit/src/server.ts';

const SOP_INSTANCE_UID = '00080018';
const PAGE = 1_000;

/** The instances that the register knows of a study, as QIDO-RS lists them page by page. */
export const registeredInstances = async ({ get }: SignedIn, study: string): Promise<Set<string>> => {
  const found = new Set<string>();
  for (let offset = 0; ; offset += PAGE) {
    const page = await get<Record<string, { Value?: string[] }>[]>(
      `/dicomweb/studies/${study}/instances?limit=${PAGE}&offset=${offset}`,
    );
    for (const instance of page) found.add(instance[SOP_INSTANCE_UID]?.Value?.[0] ?? '');
    if (page.length < PAGE) return found;
  }
};

/** Those of `wanted` that the register does not know. */
export const missingOf = async (admin: SignedIn, study: string, wanted: readonly string[]): Promise<string[]> => {
  const registered = await registeredInstances(admin, study);
  return wanted.filter((sopInstanceUid) => !registered.has(sopInstanceUid));
};
