import { placeOfAnatomy } from './anatomy-mask.ts';
import { type RadiographMetric, oneFigure } from './radiograph-metric.ts';
import { spectrumFor } from './spectrum.ts';

/**
 * How fast detail dies away: −slope of log power on log frequency in the anatomy, 0.03–0.4 cycles per pixel. Natural
 * pictures lie about 2–3; blur raises it, noise lowers it. Independent of grey scale.
 */
export const spectralSlope: RadiographMetric = {
  metric: 'spectral-slope',
  unit: '1',
  method: 'least squares over six bands, patches of 128 pixels, Hann window',
  version: 1,
  measure: (film) => {
    const spectrum = spectrumFor(film);
    if (spectrum === undefined) return 'anatomy-too-small';
    const { power, frequency } = spectrum;
    if (!power.every(Number.isFinite)) return 'no-structure';
    const meanX = frequency.reduce((sum, x) => sum + x, 0) / frequency.length;
    const meanY = power.reduce((sum, y) => sum + y, 0) / power.length;
    let [covariance, variance] = [0, 0];
    frequency.forEach((x, band) => {
      covariance += (x - meanX) * (power[band]! - meanY);
      variance += (x - meanX) * (x - meanX);
    });
    return oneFigure(-covariance / variance, placeOfAnatomy(film));
  },
};

/** Whether fine detail is weaker along one axis, as movement leaves it: log₂ of across ÷ down, 0 for none. */
export const detailDirection: RadiographMetric = {
  metric: 'detail-direction',
  unit: '1',
  method: 'log₂ of the power of waves across ÷ down, 0.12–0.4 cycles per pixel',
  version: 1,
  measure: (film) => {
    const spectrum = spectrumFor(film);
    return spectrum === undefined ? 'anatomy-too-small' : oneFigure(spectrum.acrossToDown);
  },
};
