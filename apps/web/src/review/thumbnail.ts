import { addressOf } from '../api/address.ts';

export const thumbnailAddress = (sopInstanceUid: string): string => addressOf(`/instances/${sopInstanceUid}/thumbnail`);
