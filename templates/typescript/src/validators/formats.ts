/** The formats of texts, by the rules of ajv-formats; the Python package has the same. */

type Test = (text: string) => boolean;

const DATE = /^\d{4}-\d\d-\d\d$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const TIME = /^\d\d:\d\d:(\d\d(?:\.\d+)?)(z|([+-])(\d\d)(?::?(\d\d))?)?$/i;
const SEPARATOR = /t|\s/i;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const [month, day] = [Number(text.slice(5, 7)), Number(text.slice(8))];
  const days = month === 2 && isLeap(Number(text.slice(0, 4))) ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

const isTime =
  (zoned: boolean): Test =>
  (text) => {
    const match = TIME.exec(text);
    if (match === null || (zoned && match[2] === undefined)) return false;
    const [hour, minute, second] = [Number(text.slice(0, 2)), Number(text.slice(3, 5)), Number(match[1])];
    const [zoneHour, zoneMinute] = [Number(match[4] ?? 0), Number(match[5] ?? 0)];
    if (zoneHour > 23 || zoneMinute > 59) return false;
    if (hour <= 23 && minute <= 59 && second < 60) return true;
    // A leap second is the last one of a day in UTC.
    const sign = match[3] === '-' ? -1 : 1;
    const utcMinute = minute - zoneMinute * sign;
    const utcHour = hour - zoneHour * sign - (utcMinute < 0 ? 1 : 0);
    return (utcHour === 23 || utcHour === -1) && (utcMinute === 59 || utcMinute === -1) && second < 61;
  };

function isDateTime(zoned: boolean): Test {
  const isEnd = isTime(zoned);
  return (text) => isDate(text.slice(0, 10)) && SEPARATOR.test(text.charAt(10)) && isEnd(text.slice(11));
}

const matches = (pattern: string, flags = 'i'): Test => {
  const whole = new RegExp(`^(?:${pattern})$`, flags);
  return (text) => whole.test(text);
};

const BYTE = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const IPV4 = String.raw`(?:${BYTE}\.){3}${BYTE}`;
const H = '[0-9a-f]{1,4}';
const END = `(?:${H}:${H}|${IPV4})`;
const IPV6 = [
  `(?:${H}:){6}${END}`,
  `::(?:${H}:){5}${END}`,
  `(?:${H})?::(?:${H}:){4}${END}`,
  `(?:(?:${H}:)?${H})?::(?:${H}:){3}${END}`,
  `(?:(?:${H}:){0,2}${H})?::(?:${H}:){2}${END}`,
  `(?:(?:${H}:){0,3}${H})?::${H}:${END}`,
  `(?:(?:${H}:){0,4}${H})?::${END}`,
  `(?:(?:${H}:){0,5}${H})?::${H}`,
  `(?:(?:${H}:){0,6}${H})?::`,
].join('|');

const SCHEME = String.raw`[a-z][a-z0-9+\-.]*:`;
const NAME = String.raw`(?:[a-z0-9\-._~!$&'()*+,;=]|%[0-9a-f]{2})*`;
const USER = String.raw`(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*`;
const SIGN = String.raw`(?:[a-z0-9\-._~!$&'()*+,;=:@]|%[0-9a-f]{2})`;
const LATER = String.raw`v[0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+`;
const HOST = String.raw`(?:\[(?:${IPV6}|${LATER})\]|${NAME})`;
const PATH = `${SIGN}+(?:/${SIGN}*)*`;
const AUTHORITY = String.raw`/?/(?:${USER}@)?${HOST}(?::\d*)?(?:/${SIGN}*)*`;
const REST = String.raw`(?:${AUTHORITY}|/(?:${PATH})?|${PATH})?(?:\?(?:${SIGN}|[/?])*)?(?:#(?:${SIGN}|[/?])*)?`;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const DOMAIN = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const POINTER = '(?:/(?:[^~/]|~0|~1)*)*';
const VARIABLE = String.raw`(?:[a-z0-9_]|%[0-9a-f]{2})+(?::[1-9][0-9]{0,3}|\*)?`;
const BASE64 = '(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?';

function isRegex(text: string): boolean {
  // An end that other languages know.
  if (/[^\\]\\Z/.test(text)) return false;
  try {
    return new RegExp(text, '') instanceof RegExp;
  } catch {
    return false;
  }
}

/** By name; one that is not here says nothing, and of numbers the type says enough. */
export const formats: Readonly<Record<string, Test>> = {
  date: isDate,
  time: isTime(true),
  'date-time': isDateTime(true),
  'iso-time': isTime(false),
  'iso-date-time': isDateTime(false),
  duration: matches(
    String.raw`P(?!$)(?:(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|(?:\d+W)?)`,
    '',
  ),
  email: matches(String.raw`${ATOM}(?:\.${ATOM})*@(?:${DOMAIN}\.)+${DOMAIN}`),
  hostname: matches(String.raw`(?=.{1,253}\.?$)${LABEL}(?:\.${LABEL})*\.?`),
  ipv4: matches(IPV4),
  ipv6: matches(IPV6),
  uri: matches(SCHEME + REST),
  'uri-reference': matches(`(?:${SCHEME})?${REST}`),
  'uri-template': matches(
    String.raw`(?:[^\x00-\x20"'<>%\\^${'`'}{|}]|%[0-9a-f]{2}|\{[+#./;?&=,!@|]?${VARIABLE}(?:,${VARIABLE})*\})*`,
  ),
  url: matches(String.raw`(?:https?|ftp)://[^\s/?#]+(?:[/?#]\S*)?`),
  uuid: matches('(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}'),
  'json-pointer': matches(POINTER),
  'relative-json-pointer': matches(`(?:0|[1-9][0-9]*)(?:#|${POINTER})`),
  'json-pointer-uri-fragment': matches(String.raw`#(?:/(?:[a-z0-9_\-.!$&'()*+,;:=@]|%[0-9a-f]{2}|~0|~1)*)*`),
  byte: matches(BASE64),
  regex: isRegex,
};
