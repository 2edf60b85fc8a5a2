/** What is known of the platform that the client runs on, without asking for any one of them. */

interface Process {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly versions?: { readonly node?: string };
}

const { process } = globalThis as { process?: Process };

/** A page or a worker of a browser: other origins allow it only the headers that they name. */
export const isPage = !process?.versions?.node && ('document' in globalThis || 'importScripts' in globalThis);

/** A variable that is not blank. Some platforms have no environment, some refuse to show it. */
export function readEnvironment(name: string): string | undefined {
  try {
    return process?.env?.[name]?.trim() || undefined;
  } catch {
    return undefined;
  }
}
