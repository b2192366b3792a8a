import { canonicalJson } from '../../matching/canonical.ts';
import {
  indexManifestOf,
  type HashText,
  type IndexInputs,
  type IndexManifest,
  type PartsManifest,
} from '../../matching/run-log.ts';
import type { Profile } from '../../matching/types.ts';
import { sha256 } from '../runs/hash.ts';

/** Runs whose inputs can still be asked for. */
const RUNS_KEPT = 4;

/** A part of some run's inputs, such as a profile, by its hash. */
export interface InputText {
  readonly hash: string;
  readonly text: string;
}

/**
 * What recent runs were made from: their parts by hash, as references to what the index holds, so that nothing is copied. A profile is hashed
 * once for as long as it stays the same object.
 */
export class KeptInputs {
  readonly #hashes = new WeakMap<Profile, string>();
  readonly #runs: ReadonlyMap<string, () => string>[] = [];

  /** Notes what a run for a set of pairs is made from; answers with the hashes of it. */
  note(inputs: IndexInputs, options: PartsManifest['options']): PartsManifest {
    return { ...this.noteIndex(inputs), options };
  }

  /** The same for whatever else is asked of an index. */
  noteIndex(inputs: IndexInputs): IndexManifest {
    const parts = new Map<string, () => string>();
    const hash: HashText = (text) => {
      const digest = sha256(text);
      parts.set(digest, () => text);
      return digest;
    };
    const hashOf = (profile: Profile): string => {
      const digest = this.#hashes.get(profile) ?? sha256(canonicalJson(profile));
      this.#hashes.set(profile, digest);
      parts.set(digest, () => canonicalJson(profile));
      return digest;
    };
    const manifest = indexManifestOf(inputs, hash, hashOf);
    this.#runs.unshift(parts);
    this.#runs.splice(RUNS_KEPT);
    return manifest;
  }

  /** The parts with these hashes; those that no recent run had are left out. */
  texts(hashes: readonly string[]): InputText[] {
    return hashes.flatMap((hash) => {
      const text = this.#runs.find((parts) => parts.has(hash))?.get(hash)?.();
      return text === undefined ? [] : [{ hash, text }];
    });
  }
}
