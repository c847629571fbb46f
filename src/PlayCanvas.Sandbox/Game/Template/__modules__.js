// Nothing to load before the start: this game uses no WebAssembly modules.
var loadModules = function (modules, urlPrefix, done) {
    done();
};
