import type { TlsMaterial } from './tls-material.ts';

/** Where a DICOM application is, and how we call each other. */
export interface DimsePeer {
  host: string;
  port: number;
  calledAeTitle: string;
  callingAeTitle: string;
  /** The peer speaks TLS; what we show and trust. Absent: plain TCP. */
  tls?: TlsMaterial;
}

/** What a peer answered; `comment` is its own words. PS3.4 annex B.2.3: 0xBxxx are warnings, the object is stored. */
export interface DimseAnswer {
  kind: 'success' | 'warning' | 'failure';
  status: number;
  comment: string;
}
