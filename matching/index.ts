/*
 * The front door of the engine: what the server, the scripts and the tests may use. Everything behind it may change.
 */

export { MatchingIndex } from './matching-index.ts';
export type { IndexOptions, Settings, Trial } from './matching-index.ts';
export type { RefreshResult } from './difference.ts';
export { completeness, mostUsefulField } from './completeness.ts';
export type { Completeness, FieldState, UsefulField } from './completeness.ts';
export { ownRefusals, refusals } from './rules.ts';
export { DEFAULT_WEIGHTS, parseWeights } from './weights.ts';
export { AIMS, OVERS } from './assignment/asked.ts';
export type { Aim } from './assignment/asked.ts';
export { exposureOf, UNSEEN_REASONS } from './fairness/exposure.ts';
export type { Exposure, ExposureInput, ExposureRow, Unseen } from './fairness/exposure.ts';
export { inSentence } from './explain/phrases.ts';
export { FAIRNESS_DIAL } from './fairness/dial.ts';
export type { DialStep } from './fairness/dial.ts';
export type { Geography } from './groups.ts';
export type { PairingOptions, PairingResult } from './pairs.ts';
export { StandingRoom, standingRoomOf } from './repair/standing-room.ts';
export type { Candidate, RoomChange, RoomForcing, RoomProof, RoomSummary } from './repair/room-types.ts';
export { verifyRoom, type RoomClaim } from './repair/verify.ts';
export type { RoomOptions } from './repair/worth.ts';
export { needFit, needReader } from './needs/fit.ts';
export type { NeedFit, NeedReader } from './needs/fit.ts';
export { PARTS_MOST } from './needs/parts.ts';
export type {
  AnswersAsked,
  NeedAnswer,
  NeedAnswers,
  NeedPair,
  PartBrought,
  PairPart,
  PartSupply,
  WantedTerm,
} from './needs/types.ts';
export { PairMap } from './pair-map.ts';
export { patchRounds, type PatchInput } from './rounds/patch.ts';
export { planRounds } from './rounds/plan.ts';
export { replan } from './rounds/replan.ts';
export type { PlanChanges, Replan, ReplanInput } from './rounds/replan.ts';
export { roomOf } from './rounds/room.ts';
export type { Room } from './rounds/room.ts';
export type { Meeting, PlannedRound, RoundsOptions, RoundsPlan, Wish } from './rounds/types.ts';
export { finish } from './steps.ts';
export type { Progress } from './steps.ts';
export type { ParsedWeights, WeightsError } from './weights.ts';
export type { WhatIf } from './whatif/compare.ts';
