import { describe, expect, it } from 'vitest';
import { isStorageSopClass, kindOfSopClass, storageSopClasses } from './storage-sop-classes.ts';
import { isKnownTransferSyntax, transferSyntaxes, transferSyntaxFor } from './transfer-syntaxes.ts';

describe('transferSyntaxFor', () => {
  it('knows each UID of the table once', () => {
    expect(new Set(transferSyntaxes.map(({ uid }) => uid)).size).toBe(transferSyntaxes.length);
    for (const syntax of transferSyntaxes) expect(transferSyntaxFor(syntax.uid)).toBe(syntax);
  });

  it('parts the four native syntaxes by VR, byte order and deflation', () => {
    expect(transferSyntaxFor('1.2.840.10008.1.2')).toMatchObject({ isExplicit: false, isEncapsulated: false });
    expect(transferSyntaxFor('1.2.840.10008.1.2.2')).toMatchObject({ isExplicit: true, isLittleEndian: false });
    expect(transferSyntaxFor('1.2.840.10008.1.2.1.99')).toMatchObject({ isDeflated: true, isLittleEndian: true });
  });

  it('takes an unknown one for explicit little endian with pixels nobody decodes', () => {
    expect(isKnownTransferSyntax('1.2.3.4')).toBe(false);
    expect(transferSyntaxFor('1.2.3.4')).toMatchObject({
      isExplicit: true,
      isLittleEndian: true,
      isEncapsulated: true,
      codec: 'unsupported',
    });
  });
});

describe('isStorageSopClass', () => {
  it('accepts every class below the storage root and every private one', () => {
    for (const { uid } of storageSopClasses) expect(isStorageSopClass(uid)).toBe(true);
    expect(isStorageSopClass('1.2.840.10008.5.1.4.1.1.999.7')).toBe(true);
    expect(isStorageSopClass('1.3.46.670589.5.0.1.1')).toBe(true);
  });

  it('accepts no service and no nonsense', () => {
    expect(isStorageSopClass('1.2.840.10008.1.1')).toBe(false);
    expect(isStorageSopClass('1.2.840.10008.5.1.4.1.2.2.1')).toBe(false);
    expect(isStorageSopClass('')).toBe(false);
    expect(isStorageSopClass('CT')).toBe(false);
  });
});

describe('kindOfSopClass', () => {
  it.each([
    ['1.2.840.10008.5.1.4.1.1.88.59', 'key-object-selection'],
    ['1.2.840.10008.5.1.4.1.1.88.67', 'structured-report'],
    ['1.2.840.10008.5.1.4.1.1.11.1', 'presentation-state'],
    ['1.2.840.10008.5.1.4.1.1.104.1', 'document'],
    ['1.2.840.10008.5.1.4.1.1.1.1', undefined],
  ])('takes %s for %s', (uid, kind) => expect(kindOfSopClass(uid)).toBe(kind));
});
