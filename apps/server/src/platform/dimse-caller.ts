/** Who calls, from where, and whom; titles as they came, without padding. */
export interface Caller {
  callingAeTitle: string;
  calledAeTitle: string;
  remoteAddress: string;
}
