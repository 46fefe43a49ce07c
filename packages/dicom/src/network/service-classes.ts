/** What one SOP class of the network is used for here, and on which side of it we stand. */
export interface ServiceClass {
  uid: string;
  name: string;
  /** We ask. */
  scu: boolean;
  /** We answer. */
  scp: boolean;
  /** Message services used with it (PS3.7). */
  services: string;
}

/**
 * The SOP classes of the network besides storage: the server offers those with `scp`, its clients propose those with
 * `scu`, and the conformance statement prints this table. UIDs: PS3.6 annex A.
 */
export const serviceClasses = {
  verification: { uid: '1.2.840.10008.1.1', name: 'Verification', scu: true, scp: true, services: 'C-ECHO' },
  performedStep: {
    uid: '1.2.840.10008.3.1.2.3.3',
    name: 'Modality Performed Procedure Step',
    scu: false,
    scp: true,
    services: 'N-CREATE, N-SET',
  },
  worklist: {
    uid: '1.2.840.10008.5.1.4.31',
    name: 'Modality Worklist Information Model - FIND',
    scu: false,
    scp: true,
    services: 'C-FIND, C-CANCEL',
  },
  storageCommitment: {
    uid: '1.2.840.10008.1.20.1',
    name: 'Storage Commitment Push Model',
    scu: true,
    scp: true,
    services: 'N-ACTION, N-EVENT-REPORT',
  },
  studyRootFind: {
    uid: '1.2.840.10008.5.1.4.1.2.2.1',
    name: 'Study Root Query/Retrieve Information Model - FIND',
    scu: true,
    scp: false,
    services: 'C-FIND',
  },
  studyRootMove: {
    uid: '1.2.840.10008.5.1.4.1.2.2.2',
    name: 'Study Root Query/Retrieve Information Model - MOVE',
    scu: true,
    scp: false,
    services: 'C-MOVE',
  },
  studyRootGet: {
    uid: '1.2.840.10008.5.1.4.1.2.2.3',
    name: 'Study Root Query/Retrieve Information Model - GET',
    scu: true,
    scp: false,
    services: 'C-GET',
  },
  grayscalePrint: {
    uid: '1.2.840.10008.5.1.1.9',
    name: 'Basic Grayscale Print Management Meta',
    scu: true,
    scp: false,
    services: 'N-CREATE, N-SET, N-ACTION, N-DELETE',
  },
} as const satisfies Record<string, ServiceClass>;

/** The classes behind the meta class of printing (PS3.4 annex H.3.2.2). */
export const printClasses = {
  filmSession: '1.2.840.10008.5.1.1.1',
  filmBox: '1.2.840.10008.5.1.1.2',
  imageBox: '1.2.840.10008.5.1.1.4',
} as const;
