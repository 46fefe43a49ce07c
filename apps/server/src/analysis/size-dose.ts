import type { DoseReport } from '@jiapian/dicom';
import { type Measured, sizeSpecificDoseOf } from '@jiapian/rules';

/** A dose report with size-specific doses: by the report's own diameter, a CT image's header dose by its measured one. */
export const withSize = (dose: DoseReport, measurements: Measured['measurements']): DoseReport => {
  const measured = measurements.find(
    ({ metric, where }) => metric === 'water-equivalent-diameter' && (where === undefined || where === 'mean'),
  )?.value;
  const events = dose.events.map((event) => {
    const diameterMm = event.waterEquivalentDiameterMm ?? (dose.source === 'header' ? measured : undefined);
    const size = sizeSpecificDoseOf({ ctdiVolMgy: event.ctdiVolMgy, diameterMm, phantom: event.ctdiPhantom });
    const ssdeMgy = event.ssdeMgy ?? ('ssdeMgy' in size ? size.ssdeMgy : undefined);
    return { ...event, waterEquivalentDiameterMm: diameterMm, ssdeMgy };
  });
  return { ...dose, events };
};
