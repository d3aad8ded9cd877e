/** What a script's first user must end with, by a model as plain as can be. */
export function expectedContent({ root, users, end }) {
  if (root === 'text' && end !== null) {
    return end;
  }
  const edits = users[0].flat();
  switch (root) {
    case 'text':
      return edits.reduce(typed, '');
    case 'list':
      return edits.reduce(listed, []);
    case 'map':
      return Object.fromEntries(edits.reduce(put, new Map()));
    case 'set':
      return [...edits.reduce(put, new Map()).keys()].sort();
    default:
      throw new Error(`there is no root '${root}': use text, list, map or set`);
  }
}

function typed(text, [kind, at, value]) {
  return kind === 'i'
    ? text.slice(0, at) + value + text.slice(at)
    : text.slice(0, at) + text.slice(at + value);
}

function listed(list, [, at, values]) {
  list.splice(at, 0, ...values);
  return list;
}

function put(map, [kind, key, value]) {
  if (kind === 'p' || kind === 'a') {
    map.set(key, value);
  } else {
    map.delete(key);
  }
  return map;
}
