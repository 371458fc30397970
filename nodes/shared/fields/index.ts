export * from './binary';
export * from './field';
export * from './kinds';
export * from './mapper';
export * from './phone';
export * from './pick';
export * from './structures';
