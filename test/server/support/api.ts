import type { SignInResult } from '#shared/contract/server/auth.ts';

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface ErrorBody {
  error: {
    code: string;
    message: string;
    details: Record<string, unknown>;
    timestamp: string;
    request_id: string;
  };
}

/** Calls the server at `url` in the name of whoever has `token`. Statuses are answered, whatever they are. */
export class Api {
  readonly url: string;
  readonly token: string | null;

  constructor(url: string, token: string | null = null) {
    this.url = url;
    this.token = token;
  }

  as(token: string | SignInResult): Api {
    return new Api(this.url, typeof token === 'string' ? token : token.access_token);
  }

  /** The same caller, at another server. */
  at(url: string): Api {
    return new Api(url, this.token);
  }

  /** A path without a leading `/` is one of the API. `body` is sent as JSON; a string as it is. */
  async call<T = ErrorBody>(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer<T>> {
    const init: RequestInit = {
      method,
      headers: {
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    };
    if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(path.startsWith('/') ? this.url + path : `${this.url}/api/v1/${path}`, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as T,
    };
  }

  get<T = ErrorBody>(path: string): Promise<Answer<T>> {
    return this.call<T>('GET', path);
  }

  post<T = ErrorBody>(path: string, body: unknown): Promise<Answer<T>> {
    return this.call<T>('POST', path, { body });
  }

  patch<T = ErrorBody>(path: string, body: unknown): Promise<Answer<T>> {
    return this.call<T>('PATCH', path, { body });
  }

  /** What is refused: `[status, code]`. The code is empty if the request was not refused. */
  async refusal(method: string, path: string, body?: unknown): Promise<[number, string]> {
    const answer = await this.call<Partial<ErrorBody> | undefined>(method, path, { body });
    return [answer.status, answer.body?.error?.code ?? ''];
  }
}
