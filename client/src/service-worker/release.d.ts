/** Made while building, by client/service-worker-build.ts. */
declare module 'virtual:release' {
  /** What this build consists of: another one where any file differs. */
  export const version: string;
  /** What the page needs to run without a network; `integrity` where the name alone doesn't say what is in it. */
  export const files: readonly { path: string; integrity?: string }[];
  /** The phrases of each language, of which a device needs one. */
  export const languages: Readonly<Record<string, readonly string[]>>;
}
