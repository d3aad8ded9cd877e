import { isDeepStrictEqual } from 'node:util';
import { memory } from './memory.mjs';
import { expectedContent } from './model.mjs';
import { clocked, timed } from './runs.mjs';

/*
 * Every task is given {engine, script, runs} and gives what is to be reported of it. Documents are
 * made and freed, and results are checked, outside the clock.
 */
export const tasks = {
  local,
  remote,
  history,
  open,
  memory: (context) => memory(context, check(context)),
  merge: (context) => meeting(context, (author) => author.history()),
  join: (context) => meeting(context, (author) => author.save()),
  add,
  exchange,
  'fan-in': fanIn,
};

/** Why an engine can't do a task with a script; null if it can. */
export function reasonAgainst(engine, task, script) {
  if (!engine.supports(script.root)) {
    return `it has no ${script.root}`;
  }
  return task === 'join' && !engine.joinsSaved
    ? 'its saved state can be opened but not merged into another document'
    : null;
}

// ---- one user

async function local(context) {
  const { engine, script } = context;
  const right = check(context);
  return timed(() => {
    const document = engine.create(0, script.root);
    const millis = clocked(() => make(document, script.users[0]));
    right(document.content());
    document.free();
    return millis;
  }, context.runs);
}

async function remote(context) {
  const { engine, script } = context;
  const right = check(context);
  const updates = updatesOf(context, 0);
  const times = await timed(() => {
    const document = engine.create(1, script.root);
    const millis = clocked(() => take(document, updates));
    right(document.content());
    document.free();
    return millis;
  }, context.runs);
  return { ...times, bytes: size(updates), changes: updates.length };
}

/** The new document is made in the clock: some engines make it from the history. */
async function history(context) {
  const { engine, script } = context;
  const right = check(context);
  const author = made(context, 0);
  const bytes = author.history();
  author.free();
  const times = await timed(() => {
    let document;
    const millis = clocked(() => {
      document = engine.receive(bytes, 1, script.root);
    });
    right(document.content());
    document.free();
    return millis;
  }, context.runs);
  return { ...times, bytes: bytes.length };
}

async function open(context) {
  const { engine, script } = context;
  const right = check(context);
  const saved = savedBy(context);
  const times = await timed(() => {
    let document;
    let content;
    const millis = clocked(() => {
      document = engine.open(saved, 1, script.root);
      content = document.content();
    });
    right(content);
    document.free();
    return millis;
  }, context.runs);
  return { ...times, bytes: saved.length };
}

// ---- two users

/** User 1, who has done work too, takes what these bytes of user 0 hold. */
async function meeting(context, bytesOf) {
  needUsers(context, 2);
  const author = made(context, 0);
  const other = made(context, 1);
  const bytes = bytesOf(author);
  author.applyHistory(other.history());
  const merged = author.content();
  author.free();
  other.free();
  const times = await timed(() => {
    const document = made(context, 1);
    const millis = clocked(() => document.applyHistory(bytes));
    same(context, merged, document.content());
    document.free();
    return millis;
  }, context.runs);
  return { ...times, bytes: bytes.length };
}

async function add(context) {
  needUsers(context, 2);
  const { engine, script } = context;
  const saved = savedBy(context);
  const author = engine.open(saved, 1, script.root);
  author.record(true);
  make(author, script.users[1]);
  const updates = author.takeUpdates();
  const expected = author.content();
  author.free();
  const times = await timed(() => {
    const document = engine.open(saved, 2, script.root);
    // Some engines decode what they opened only when it is asked for, which is not the task.
    document.content();
    const millis = clocked(() => take(document, updates));
    same(context, expected, document.content());
    document.free();
    return millis;
  }, context.runs);
  return { ...times, bytes: size(updates), changes: updates.length };
}

/** One user is followed change by change; more work apart and then send each other everything. */
async function exchange(context) {
  const { engine, script } = context;
  const alone = script.users.length === 1;
  const right = alone ? check(context) : () => {};
  let bytes;
  const times = await timed(() => {
    const documents = (alone ? [0, 1] : [...script.users.keys()]).map((user) =>
      engine.create(user, script.root),
    );
    documents.forEach((document) => document.record(true));
    const millis = clocked(() =>
      alone ? follow(documents, script.users[0]) : trade(documents, script.users),
    );
    const content = documents[0].content();
    right(content);
    documents.forEach((document) => same(context, content, document.content()));
    bytes = documents[0].save().length;
    documents.forEach((document) => document.free());
    return millis;
  }, context.runs);
  return { ...times, bytes };
}

function follow([author, follower], transactions) {
  for (const transaction of transactions) {
    author.transact(transaction);
    take(follower, author.takeUpdates());
  }
}

function trade(documents, users) {
  documents.forEach((document, user) => make(document, users[user]));
  documents.forEach((author) => {
    const updates = author.takeUpdates();
    documents.filter((other) => other !== author).forEach((other) => take(other, updates));
  });
}

// ---- many users

async function fanIn(context) {
  const { engine, script } = context;
  const users = script.users.length;
  const perUser = script.users.map((transactions, user) => updatesOf(context, user));
  const updates = perUser.flat();
  const backwards = engine.create(users + 1, script.root);
  take(backwards, perUser.toReversed().flat());
  const merged = backwards.content();
  backwards.free();
  let bytes;
  const times = await timed(() => {
    const document = engine.create(users, script.root);
    const millis = clocked(() => take(document, updates));
    same(context, merged, document.content());
    bytes = document.save().length;
    document.free();
    return millis;
  }, context.runs);
  return { ...times, bytes, changes: updates.length };
}

// ---- parts of tasks

function make(document, transactions) {
  for (const transaction of transactions) {
    document.transact(transaction);
  }
}

function take(document, updates) {
  for (const update of updates) {
    document.apply(update);
  }
}

/** A user's document, which recorded: not every engine keeps the history by itself. */
function made({ engine, script }, user) {
  const document = engine.create(user, script.root);
  document.record(true);
  make(document, script.users[user]);
  return document;
}

function updatesOf(context, user) {
  const document = made(context, user);
  const updates = document.takeUpdates();
  document.free();
  return updates;
}

/** The first user's document as it is saved. */
export function savedBy({ engine, script }) {
  const document = engine.create(0, script.root);
  make(document, script.users[0]);
  const saved = document.save();
  document.free();
  return saved;
}

const size = (updates) => updates.reduce((sum, update) => sum + update.length, 0);

function needUsers({ script }, least) {
  if (script.users.length < least) {
    throw new Error(`${script.name} has ${script.users.length} user(s); the task needs ${least}`);
  }
}

/** Checks that a content is what the first user's transactions make. */
function check(context) {
  const expected = expectedContent(context.script);
  return (content) => same(context, expected, content);
}

function same({ name, script }, expected, content) {
  // One library's maps have no prototype, which is no difference in content.
  const plain = (value) => (script.root === 'map' ? { ...value } : value);
  if (!isDeepStrictEqual(plain(content), plain(expected))) {
    throw new Error(
      `${name} does not end with the right content of ${script.name}: ` +
        `expected ${excerpt(expected)}, found ${excerpt(content)}`,
    );
  }
}

const excerpt = (content) => JSON.stringify(content).slice(0, 200);
