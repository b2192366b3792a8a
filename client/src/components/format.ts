import { serverNow } from '../live/serverClock.ts';

/** English as it is written in Europe: 1 February 2023. */
const language = 'en-GB';
const countries = new Intl.DisplayNames([language], { type: 'region' });
const languages = new Intl.DisplayNames([language], { type: 'language' });
const numbers = new Intl.NumberFormat(language);
const euros = new Intl.NumberFormat(language, {
  style: 'currency',
  currency: 'EUR',
  maximumFractionDigits: 0,
});
const percents = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
const finePercents = new Intl.NumberFormat(language, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const days = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
const moments = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
const spans = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

export const formatNumber = (value: number): string => numbers.format(value);
export const formatEuros = (value: number): string => euros.format(value);
/** 0.42 -> 42 %. */
export const formatShare = (share: number): string => percents.format(share);
/** 0.012 -> 1.2 %, for shares that are small; one that is not nothing is not told as nothing. */
export const formatFineShare = (share: number): string =>
  share > 0 && share < 0.0005 ? `less than ${finePercents.format(0.001)}` : finePercents.format(share);
/** Day of an ISO date or instant, in words. */
export const formatDay = (iso: string): string => days.format(new Date(iso));
/** Day and time of an ISO instant, in the reader's own time zone. */
export const formatMoment = (iso: string): string => moments.format(new Date(iso));

/** Name of an ISO 3166-1 country; the code itself where it has no name. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code;
}

/** Name of an ISO 639-1 language. */
export function languageName(code: string): string {
  return /^[a-z]{2}$/.test(code) ? (languages.of(code) ?? code) : code;
}

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago or ahead, such as '3 hours ago'. */
export function formatSpan(iso: string, now: number = serverNow()): string {
  const distance = new Date(iso).getTime() - now;
  for (const [unit, size] of steps) {
    if (Math.abs(distance) >= size) return spans.format(Math.round(distance / size), unit);
  }
  return spans.format(0, 'minute');
}

/** A web address as a link that can be followed; only http and https. */
export function webLink(address: string): string {
  return /^https?:\/\//i.test(address) ? address : `https://${address}`;
}

/** A web address as people write it. */
export function webName(address: string): string {
  return address.replace(/^https?:\/\//i, '').replace(/\/$/, '');
}
