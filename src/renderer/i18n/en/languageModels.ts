export default {
  title: 'Language models',
  add: {
    label: 'Add a model',
    hint: 'Any OpenAI-compatible server; Ask uses it for questions that no rule knows.',
    button: 'Add…',
    title: 'Add language model',
    save: 'Add',
  },
  form: {
    name: 'Name',
    url: 'Web address',
    urlHint: 'For example http://127.0.0.1:11434/v1',
    model: 'Model',
    modelHint: 'As the server calls it, for example qwen3:8b',
    key: 'Key',
    keyHint: 'Only if the server asks for one. It is stored in the system’s keyring.',
    keyHintUntilEnd: 'Only if the server asks for one. It is kept until FRAMES ends.',
  },
  edit: {
    button: 'Edit…',
    title: 'Edit language model',
    keyHint: 'Leave empty to keep the stored key. A new address needs the key again.',
  },
  discover: 'Find on this computer',
  nothingFound: 'No server found. Start Ollama or LM Studio, then try again.',
  ollama: 'Ollama',
  'lm-studio': 'LM Studio',
  inUse: '{{name}} (in use)',
  local: 'on this computer',
  remote: 'on another computer',
  hasKey: 'key stored',
  testFailed: 'last test failed',
  open: 'paused after failures, next request in {{seconds}} s',
  trial: 'failed several times',
  use: 'Use',
  remove: {
    button: 'Remove',
    title: 'Remove “{{name}}”',
    text: 'The model is removed from this computer. This cannot be undone.',
    withKey: 'The model and its key are removed from this computer. This cannot be undone.',
  },
  stopUsing: 'Stop using',
  test: 'Test',
  tested: '“{{name}}” answered in {{seconds}} s',
  notLasting: 'This computer has no keyring: models and keys are kept until FRAMES ends.',
  level: {
    label: 'May be sent from this workspace',
    off: 'Nothing',
    schema: 'Schema',
    names: 'Names',
    rows: 'Rows',
    hint: {
      off: 'Nothing leaves this computer.',
      schema: 'Your question, and the tables with their columns; nothing of any record.',
      names: 'Also names of records, and similar questions with their SQL.',
      rows: 'Also some rows with the values of records.',
    },
  },
  /** Why a model gave no answer, by the reason. */
  fault: {
    off: {
      title: 'No language model is in use',
      action: 'Choose a model and what may be sent under Language models.',
    },
    unreachable: {
      title: 'The language model cannot be reached',
      action: 'Check that its server is running, and its address.',
    },
    refused: {
      title: 'The model’s server refused the request',
      action: 'Check the key and the address under Language models.',
    },
    rateLimited: {
      title: 'The model’s server takes no more requests for now',
      action: 'Try again in a few minutes.',
    },
    unknownModel: {
      title: 'The server does not have this model',
      action: 'Check the model and the address under Language models.',
    },
    badAnswer: {
      title: 'The model’s answer cannot be used',
      action: 'Check that the address is of an OpenAI-compatible server.',
    },
    cutOff: {
      title: 'The model’s answer was cut off at its limit',
      action: 'Ask a shorter question, or choose another model.',
    },
    failed: {
      title: 'Something went wrong on the model’s server',
      action: 'Try again later, or choose another model.',
    },
    timeout: {
      title: 'The language model did not answer in time',
      action: 'Try again, or choose a faster model.',
    },
    open: {
      title: 'The language model failed several times',
      action: 'Try again in {{seconds}} s, or choose another model.',
    },
  },
} as const;
