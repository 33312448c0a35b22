/** The middle of some measurements, and where the middle half of them lies. */
export interface Summary {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

/** The quartiles of some measurements: unlike mean and extremes, they take no notice of a busy moment. */
export function summarise(values: readonly number[]): Summary {
  const sorted = values.toSorted((left, right) => left - right);
  const at = (part: number): number => sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

/** Ratios of measurements that were taken one beside the other: what disturbs both at once cancels out. */
export function ratios(values: readonly number[], base: readonly number[]): number[] {
  return values.map((value, index) => value / (base[index] ?? Number.NaN));
}
