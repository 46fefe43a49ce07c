import { readFileSync } from 'node:fs';
import { analysePhantom, type Measurement, type PhantomReport } from '@jiapian/rules';
import { sample } from '@jiapian/testkit';
import { readPhantomImages } from './phantom-images.ts';

/** One figure of a peer for the same scan, and how far ours may be off it. */
export interface PeerFigure {
  scan: string;
  metric: string;
  where?: string;
  peer: number;
  within: number;
  /** Set when the difference is larger than that and explained on the page of the phantoms. */
  explained?: string;
}

type Scan = Record<string, number | number[] | Record<string, number>>;

const { phantoms } = JSON.parse(readFileSync(sample('expected.json'), 'utf8')) as { phantoms: Record<string, Scan> };

const valueOf = (scan: string, name: string, part?: number | string): number => {
  const value = phantoms[scan]?.[name];
  const found = typeof value === 'number' ? value : (value as Record<string, number>)[part ?? ''];
  return found ?? Number.NaN;
};

const figure = (
  scan: string,
  [name, part]: [string, (number | string)?],
  [metric, where]: [string, string?],
  within: number,
  explained?: string,
): PeerFigure => ({
  scan,
  metric,
  ...(where === undefined ? {} : { where }),
  peer: valueOf(scan, name, part),
  within,
  ...(explained === undefined ? {} : { explained }),
});

const catphan = 'phantom-ct-catphan/varian-pelvis';
const siemens = 'phantom-mr-acr/Siemens';
const sola = 'phantom-mr-acr/SiemensSolaFit';
const philips = 'phantom-mr-acr/PhilipsAchieva';
const ge = 'phantom-mr-acr/GE';
const localizer = 'phantom-mr-acr/SiemensSolaFitLocalizer';

/** Tolerances: those of the peer's own test where expected.json states them, else those of the ACR or stated here. */
const huWithin = 10; // HU, expected.json
const turnWithin = 0.3; // degrees, expected.json
const lengthWithin = 0.2; // mm, expected.json
const mtfWithin = 0.05; // per mm, expected.json
const diameterWithin = 2; // mm, ACR limit of geometric accuracy
const thicknessWithin = 0.7; // mm, ACR limit of slice thickness
const barWithin = 0.98; // mm, one pixel of these scans
const uniformityWithin = 1.5; // percent points
const ghostWithin = 0.1; // percent points

const acr = (scan: string): PeerFigure[] => [
  figure(scan, ['slice_thickness_mm'], ['slice-thickness'], thicknessWithin),
  figure(scan, ['slice_position_dL_mm', 0], ['slice-position', 'slice-1'], barWithin),
  figure(scan, ['slice_position_dL_mm', 1], ['slice-position', 'slice-11'], barWithin),
  figure(scan, ['percent_integral_uniformity'], ['percent-integral-uniformity'], uniformityWithin),
  figure(scan, ['spatial_resolution_mm', 'UL'], ['spatial-resolution', 'UL'], 0),
  figure(scan, ['spatial_resolution_mm', 'LR'], ['spatial-resolution', 'LR'], 0),
  figure(scan, ['low_contrast_total'], ['low-contrast-spokes', 'total'], 2),
];

/** Every figure of expected.json, with the sample, our name for it and the tolerance. */
export const peerFigures: readonly PeerFigure[] = [
  figure(catphan, ['roll_deg'], ['roll'], turnWithin),
  figure(catphan, ['origin_slice_index'], ['origin-slice'], 0),
  figure(catphan, ['slice_thickness_mm'], ['slice-thickness'], lengthWithin),
  ...['Poly', 'Acrylic', 'Delrin', 'Air', 'Teflon', 'PMP', 'LDPE'].map((rod) =>
    figure(catphan, ['hu', rod], ['ct-number', rod], huWithin),
  ),
  ...['Center', 'Left', 'Right', 'Top', 'Bottom'].map((place) =>
    figure(catphan, ['uniformity_hu', place], ['uniformity', place], huWithin),
  ),
  ...['30%', '50%', '80%'].map((share) =>
    figure(catphan, ['relative_mtf_lp_per_mm', share], ['relative-mtf', share], mtfWithin),
  ),
  figure(catphan, ['avg_line_length_mm'], ['average-line-length'], lengthWithin),
  figure(catphan, ['low_contrast_visible'], ['low-contrast-visible'], 0),
  figure('phantom-planar/leeds.dcm', ['mtf50_lp_per_mm'], ['relative-mtf', '50%'], 0.15, 'bar-extremes'),
  figure('phantom-planar/leeds.dcm', ['percent_integral_uniformity'], ['percent-integral-uniformity'], 1.5),
  figure('phantom-planar/qc3.dcm', ['mtf50_lp_per_mm'], ['relative-mtf', '50%'], mtfWithin),
  figure('phantom-planar/qc3.dcm', ['rois_seen'], ['rois-seen'], 0),
  figure('phantom-planar/qc3.dcm', ['percent_integral_uniformity'], ['percent-integral-uniformity'], 1.5),
  figure('phantom-planar/lasvegas.dcm', ['rois_seen'], ['rois-seen'], 0),
  figure('phantom-planar/Doselab_MV.dcm', ['mtf50_lp_per_mm'], ['relative-mtf', '50%'], mtfWithin, 'bar-extremes'),
  figure(siemens, ['geometric_accuracy_slice1_mm', 0], ['geometric-accuracy', 'slice-1 horizontal'], diameterWithin),
  figure(siemens, ['geometric_accuracy_slice1_mm', 1], ['geometric-accuracy', 'slice-1 vertical'], diameterWithin),
  ...['horizontal', 'vertical', 'diagonal-down', 'diagonal-up'].map((direction, at) =>
    figure(
      siemens,
      ['geometric_accuracy_slice5_mm', at],
      ['geometric-accuracy', `slice-5 ${direction}`],
      diameterWithin,
    ),
  ),
  figure(siemens, ['distortion_mean_max_cv', 0], ['distortion-mean'], 1),
  figure(siemens, ['distortion_mean_max_cv', 1], ['distortion-max'], diameterWithin),
  figure(siemens, ['distortion_mean_max_cv', 2], ['distortion-variation'], 0.5),
  figure(siemens, ['ghosting_percent'], ['ghosting'], ghostWithin),
  figure(siemens, ['snr_smoothing'], ['snr', 'smoothing'], 17),
  figure(siemens, ['snr_subtraction_with_Siemens2'], ['snr', 'subtraction'], 3.8),
  ...acr(siemens),
  ...acr(sola),
  ...acr(philips),
  figure(ge, ['slice_position_dL_mm', 0], ['slice-position', 'slice-1'], barWithin),
  figure(ge, ['slice_position_dL_mm', 1], ['slice-position', 'slice-11'], barWithin, 'seen-by-eye'),
  figure(ge, ['percent_integral_uniformity'], ['percent-integral-uniformity'], uniformityWithin),
  figure(ge, ['ghosting_percent'], ['ghosting'], ghostWithin),
  figure(ge, ['snr_smoothing'], ['snr', 'smoothing'], 2),
  figure(ge, ['snr_normalisation_factor'], ['snr-normalisation'], 0.01),
  figure(ge, ['spatial_resolution_mm', 'UL'], ['spatial-resolution', 'UL'], 0),
  figure(ge, ['spatial_resolution_mm', 'LR'], ['spatial-resolution', 'LR'], 0),
  figure(ge, ['low_contrast_total'], ['low-contrast-spokes', 'total'], 2, 'seen-by-eye'),
  figure(localizer, ['sagittal_length_mm'], ['sagittal-length'], diameterWithin),
];

/** Files that belong to a scan: the first Siemens scan is compared with its repetition. */
const filesOf = (scan: string): string[] => (scan === siemens ? [scan, 'phantom-mr-acr/Siemens2'] : [scan]);

const reports = new Map<string, PhantomReport>();

/** What our analysis, left to recognise the phantom itself, says of a scan. */
export const reportOf = async (scan: string): Promise<PhantomReport> => {
  const known = reports.get(scan);
  if (known !== undefined) return known;
  const { images } = await readPhantomImages(filesOf(scan).map(sample));
  const report = analysePhantom(images, 'auto');
  if ('refused' in report) throw new Error(`${scan}: ${report.refused}`);
  reports.set(scan, report);
  return report;
};

/** Our figure beside that of the peer. */
export const ourFigure = async ({ scan, metric, where }: PeerFigure): Promise<Measurement | undefined> => {
  const { results } = await reportOf(scan);
  return results.find((each) => each.metric === metric && (where === undefined || each.where === where));
};
