export * from './binary';
export * from './field';
export * from './kinds';
export * from './mapper';
export * from './pick';
export * from './structures';
