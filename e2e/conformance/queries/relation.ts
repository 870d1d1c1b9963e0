import type { JsonObject, QueryCase } from '../case.ts';
import type { Edge, Node } from '../graph.ts';

/** What a stream or a step of the pipeline is in the document. */
export interface Relation {
  /** The node that it leaves by `out`. */
  readonly node: string;
  /** Columns that the pipeline knows. */
  readonly columns: readonly string[];
  /** Columns beside them: what the engine keeps about a record without a column for it. */
  readonly hidden: readonly string[];
  /** The columns that hold the windows of the rows, as the pipeline calls them; null where no window made them. */
  readonly window: WindowNames | null;
  /** Of a table that no projection stands behind: the columns that its rows replace each other by. */
  readonly tableKey?: readonly string[];
}

export interface WindowNames {
  readonly start: string;
  readonly end: string;
}

/** A document in the making. */
export class Pipeline {
  readonly nodes: Node[] = [];
  readonly edges: Edge[] = [];
  readonly given: QueryCase;
  readonly isKsql: boolean;
  private readonly relations = new Map<string, Relation>();

  constructor(given: QueryCase) {
    this.given = given;
    this.isKsql = given.engine === 'ksqldb';
  }

  relation(name: string): Relation | undefined {
    return this.relations.get(name);
  }

  define(name: string, relation: Relation): void {
    this.relations.set(name, relation);
  }

  /** Adds a node behind others. */
  add(node: Node, ...inputs: readonly string[]): void {
    this.nodes.push(node);
    for (const input of inputs) this.edges.push([input, node.id]);
  }

  /** A node that computes columns and keeps all others. */
  compute(id: string, input: string, columns: readonly JsonObject[]): string {
    this.add({ id, type: 'map', config: { columns, keep: 'all' } }, input);
    return id;
  }
}
