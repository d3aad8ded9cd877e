import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ENGINES, engineOf } from './engines.mjs';
import { reasonAgainst, tasks } from './tasks.mjs';

const folder = mkdtempSync(join(tmpdir(), 'plait-peers-'));
after(() => rmSync(folder, { recursive: true }));

const RUNS = { repeats: 1, budgetMillis: 1000 };

const SCRIPTS = [
  {
    name: 'text',
    root: 'text',
    users: [
      [[['i', 0, 'hello world']], [['d', 5, 6], ['i', 5, ', é!']], [['i', 0, '> ']]],
      [[['i', 0, 'abc']], [['d', 1, 1]]],
    ],
    end: '> hello, é!',
  },
  {
    name: 'list',
    root: 'list',
    users: [
      [[['l', 0, [1, 'two', 3.5]]], [['l', 1, ['between']], ['l', 4, [5]]]],
      [[['l', 0, ['other']]], [['l', 1, [7]]]],
    ],
    end: null,
  },
  {
    name: 'map',
    root: 'map',
    users: [
      [
        [['p', 'a', 1], ['p', 'b', 'two']],
        [['p', 'a', 2], ['p', 'c', { x: 1, y: 'z' }]],
        [['r', 'b']],
        [['r', 'missing']],
      ],
      [[['p', 'a', 9]], [['p', 'd', 'new']], [['r', 'a']]],
    ],
    end: null,
  },
  {
    name: 'set',
    root: 'set',
    users: [
      [[['a', 'x'], ['a', 'y']], [['a', 'x']], [['x', 'y']], [['x', 'missing']], [['a', 'w']]],
      [[['a', 'x']], [['a', 'v']], [['x', 'x']]],
    ],
    end: null,
  },
];

for (const name of ENGINES) {
  const engine = await engineOf(name);
  for (const script of SCRIPTS) {
    const file = join(folder, `${script.name}.json`);
    writeFileSync(file, JSON.stringify(script));
    for (const task of Object.keys(tasks)) {
      const context = { name, engine, script, file, runs: RUNS };
      const reason = reasonAgainst(engine, task, script);
      if (reason === null) {
        test(`${name} does ${task} with a ${script.root}`, async () => {
          const result = await tasks[task](context);
          assert.ok(task === 'memory' ? result.bytes >= 0 : result.times.length <= 3);
          assert.equal(result.cold === undefined, task === 'memory');
        });
      }
    }
    if (engine.supports(script.root)) {
      test(`${name} is followed when one user works alone on a ${script.root}`, async () => {
        const alone = { ...script, users: script.users.slice(0, 1) };
        const context = { name, engine, script: alone, file, runs: RUNS };
        assert.ok((await tasks.exchange(context)).bytes > 0);
      });
    }
  }
}

test('a wrong end is noticed', async () => {
  const script = { ...SCRIPTS[0], end: 'something else' };
  const context = { name: 'yjs', engine: await engineOf('yjs'), script, runs: RUNS };
  await assert.rejects(tasks.local(context), /does not end with the right content/);
});

test('a task says how many users it needs', async () => {
  const script = { ...SCRIPTS[0], users: SCRIPTS[0].users.slice(0, 1) };
  const context = { name: 'yjs', engine: await engineOf('yjs'), script, runs: RUNS };
  await assert.rejects(tasks.merge(context), /the task needs 2/);
});

test('what an engine has not is said', async () => {
  const diamond = await engineOf('diamond-types');
  assert.equal(reasonAgainst(diamond, 'local', { root: 'map' }), 'it has no map');
  assert.equal(reasonAgainst(diamond, 'local', { root: 'text' }), null);
  assert.notEqual(reasonAgainst(await engineOf('json-joy'), 'join', { root: 'text' }), null);
});

test('an unknown engine is refused', async () => {
  await assert.rejects(engineOf('nothing'), /use one of yjs, loro/);
});
