export { deidentify, deidentifyProfile, type Deidentified, type DeidentifyRequest } from './deidentify.ts';
export { findIdentity, holdsIdentity, type FoundIdentity } from './find-identity.ts';
export { identityOf, type IdentityKind, type IdentityValue } from './identity.ts';
export { methodCodes } from './profile-table.ts';
