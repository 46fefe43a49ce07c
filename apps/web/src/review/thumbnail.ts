import { addressOf } from '../api/client.ts';

export const thumbnailAddress = (sopInstanceUid: string): string => addressOf(`/instances/${sopInstanceUid}/thumbnail`);
