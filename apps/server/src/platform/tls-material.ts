import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** PEM texts: who we are, and whom we trust. */
export interface TlsMaterial {
  certificate: string | null;
  key: string | null;
  /** Also asked of whoever calls our TLS port; null: the certificates of the system, and callers show none. */
  ca: string | null;
}

type FileSetting = 'JIAPIAN_TLS_CERTIFICATE' | 'JIAPIAN_TLS_KEY' | 'JIAPIAN_TLS_CA';

/** The files that the settings name; what cannot be read, or lacks its other half, is reported. */
export const readTlsMaterial = (
  text: (name: FileSetting | 'JIAPIAN_DICOM_TLS') => string,
  report: (setting: string, message: string) => void,
): TlsMaterial | null => {
  const read = (name: FileSetting): string | null => {
    const path = text(name);
    if (path === '') return null;
    try {
      const pem = readFileSync(path, 'utf8');
      if (pem.includes('-----BEGIN ')) return pem;
      report(name, 'the file holds no PEM text');
    } catch {
      report(name, 'the file cannot be read');
    }
    return null;
  };
  const material = {
    certificate: read('JIAPIAN_TLS_CERTIFICATE'),
    key: read('JIAPIAN_TLS_KEY'),
    ca: read('JIAPIAN_TLS_CA'),
  };
  const isHalf = (text('JIAPIAN_TLS_CERTIFICATE') === '') !== (text('JIAPIAN_TLS_KEY') === '');
  if (isHalf) report('JIAPIAN_TLS_KEY', 'certificate and key must be given together');
  if (text('JIAPIAN_DICOM_TLS') !== '' && text('JIAPIAN_TLS_CERTIFICATE') === '')
    report('JIAPIAN_DICOM_TLS', 'needs JIAPIAN_TLS_CERTIFICATE and JIAPIAN_TLS_KEY');
  return Object.values(material).every((part) => part === null) ? null : material;
};

const nothingOfOurs: TlsMaterial = { certificate: null, key: null, ca: null };

/** The part of a peer's address that says that it speaks TLS; nothing for one that does not. */
export const tlsOf = (usesTls: boolean, material: TlsMaterial | null): { tls?: TlsMaterial } =>
  usesTls ? { tls: material ?? nothingOfOurs } : {};

/** Makes this process trust the named authority besides those of the system: STOW destinations are reached by HTTPS. */
export const trustAuthority = (material: TlsMaterial | null): void => {
  if (material !== null && material.ca !== null)
    setDefaultCACertificates([...getCACertificates('default'), material.ca]);
};
