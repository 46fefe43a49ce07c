export * from './content-item.ts';
export * from './read-content-tree.ts';
