// This game uses no WebAssembly modules, so there is nothing to load before the start.
var loadModules = function (modules, urlPrefix, done) {
    done();
};
