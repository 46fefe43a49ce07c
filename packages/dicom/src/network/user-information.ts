import { ByteReader } from './byte-reader.ts';
import { item, latinBytes, uint16, uint32 } from './byte-parts.ts';

const itemTypes = {
  userInformation: 0x50,
  maximumLength: 0x51,
  implementationClassUid: 0x52,
  asynchronousOperations: 0x53,
  roleSelection: 0x54,
  implementationVersionName: 0x55,
  sopClassExtendedNegotiation: 0x56,
} as const;

/**
 * What the two sides tell about themselves (PS3.7 annex D.3.3). `maximumPduLength` is the largest P-DATA-TF body
 * that the sender of this item wants to receive, in bytes; 0 means no limit.
 */
export interface UserInformation {
  maximumPduLength: number;
  implementationClassUid: string;
  implementationVersionName?: string;
  /** Outstanding operations; absent means one at a time. */
  asynchronousOperations?: { invoked: number; performed: number };
  roleSelections?: readonly { sopClassUid: string; scu: boolean; scp: boolean }[];
  extendedNegotiations?: readonly { sopClassUid: string; information: Uint8Array }[];
}

/** Writes the user information item with its sub-items. */
export const encodeUserInformation = (user: UserInformation): Uint8Array =>
  item(
    itemTypes.userInformation,
    item(itemTypes.maximumLength, uint32(user.maximumPduLength)),
    item(itemTypes.implementationClassUid, latinBytes(user.implementationClassUid)),
    ...(user.asynchronousOperations === undefined
      ? []
      : [
          item(
            itemTypes.asynchronousOperations,
            uint16(user.asynchronousOperations.invoked),
            uint16(user.asynchronousOperations.performed),
          ),
        ]),
    ...(user.roleSelections ?? []).map(({ sopClassUid, scu, scp }) =>
      item(
        itemTypes.roleSelection,
        uint16(sopClassUid.length),
        latinBytes(sopClassUid),
        Uint8Array.of(scu ? 1 : 0, scp ? 1 : 0),
      ),
    ),
    ...(user.implementationVersionName === undefined
      ? []
      : [item(itemTypes.implementationVersionName, latinBytes(user.implementationVersionName.slice(0, 16)))]),
    ...(user.extendedNegotiations ?? []).map(({ sopClassUid, information }) =>
      item(itemTypes.sopClassExtendedNegotiation, uint16(sopClassUid.length), latinBytes(sopClassUid), information),
    ),
  );

/**
 * Reads the content of a user information item. Sub-items that concern nobody here (user identity and others) are
 * passed over. Throws `DIMSE_PROTOCOL` when a sub-item is cut off.
 */
export const decodeUserInformation = (content: Uint8Array): UserInformation => {
  const reader = new ByteReader(content);
  const user: UserInformation = { maximumPduLength: 0, implementationClassUid: '' };
  const roleSelections: { sopClassUid: string; scu: boolean; scp: boolean }[] = [];
  const extendedNegotiations: { sopClassUid: string; information: Uint8Array }[] = [];
  while (reader.remaining > 0) {
    const type = reader.uint8();
    reader.skip(1);
    const sub = new ByteReader(reader.bytes(reader.uint16()));
    if (type === itemTypes.maximumLength) user.maximumPduLength = sub.uint32();
    else if (type === itemTypes.implementationClassUid) user.implementationClassUid = sub.text(sub.remaining);
    else if (type === itemTypes.implementationVersionName) user.implementationVersionName = sub.text(sub.remaining);
    else if (type === itemTypes.asynchronousOperations) {
      user.asynchronousOperations = { invoked: sub.uint16(), performed: sub.uint16() };
    } else if (type === itemTypes.roleSelection) {
      roleSelections.push({ sopClassUid: sub.text(sub.uint16()), scu: sub.uint8() === 1, scp: sub.uint8() === 1 });
    } else if (type === itemTypes.sopClassExtendedNegotiation) {
      extendedNegotiations.push({ sopClassUid: sub.text(sub.uint16()), information: sub.bytes(sub.remaining) });
    }
  }
  if (roleSelections.length > 0) user.roleSelections = roleSelections;
  if (extendedNegotiations.length > 0) user.extendedNegotiations = extendedNegotiations;
  return user;
};
