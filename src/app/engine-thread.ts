import type { EngineClient } from '../worker/client.ts';

export type StartEngine = (onCrash: (message: string) => void) => Promise<EngineClient>;

/** The engine's thread is gone: what it was asked is not answered any more. */
export class EngineStopped extends Error {}

interface ThreadNews {
  readonly onStart: (client: EngineClient) => void;
  /** It has come to its end by itself. */
  readonly onEnd: (message: string) => void;
}

/** The engine's thread: started when something is asked of it, also after it has ended. */
export class EngineThread {
  private readonly start: StartEngine;
  private readonly news: ThreadNews;
  private client: Promise<EngineClient> | null = null;
  /** What takes back questions that the engine has not answered yet. */
  private readonly unanswered = new Set<(reason: EngineStopped) => void>();

  constructor(start: StartEngine, news: ThreadNews) {
    this.start = start;
    this.news = news;
  }

  /** Null while there is none. */
  get started(): Promise<EngineClient> | null {
    return this.client;
  }

  /** What the engine answers; rejects when it stops before that. */
  ask<Answer>(question: (client: EngineClient) => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.unanswered.add(reject);
      void this.engine()
        .then(question)
        .then(resolve, reject)
        .finally(() => this.unanswered.delete(reject));
    });
  }

  private engine(): Promise<EngineClient> {
    if (this.client !== null) return this.client;
    const client = this.start((message) => {
      // It may be said more than once, and of one that is no more in use.
      if (this.client === client) this.news.onEnd(message);
    }).then((started) => {
      this.news.onStart(started);
      return started;
    });
    this.client = client;
    return client;
  }

  /** Ends it, if it lives; questions without an answer are told why. */
  end(message: string): void {
    this.client?.then(
      (client) => client.terminate(),
      () => undefined,
    );
    this.client = null;
    for (const takeBack of this.unanswered) takeBack(new EngineStopped(`The engine stopped: ${message}`));
    this.unanswered.clear();
  }
}
