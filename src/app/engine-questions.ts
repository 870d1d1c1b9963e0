import type { BranchControl } from '../worker/branch-protocol.ts';
import type { ConsumerControl } from '../worker/consumer-protocol.ts';
import type { ExplainControl } from '../worker/explain-protocol.ts';
import type { TravelControl } from '../worker/travel-protocol.ts';

type Asked<Control> = {
  readonly [Name in keyof Control]: Control[Name] extends (...args: infer Given) => infer Answer
    ? (...args: Given) => Promise<Awaited<Answer>>
    : never;
};

/** What can be asked of a run beyond its figures. */
export type EngineQuestions = Asked<ExplainControl & BranchControl & ConsumerControl & TravelControl>;
