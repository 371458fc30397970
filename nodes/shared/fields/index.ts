export * from './field';
export * from './kinds';
export * from './pick';
export * from './structures';
