(function () {
    var canvas = document.createElement('canvas');
    canvas.id = 'application-canvas';
    document.body.appendChild(canvas);

    var app = new pc.Application(canvas, {
        graphicsDeviceOptions: CONTEXT_OPTIONS,
        assetPrefix: ASSET_PREFIX,
        scriptPrefix: SCRIPT_PREFIX,
        scriptsOrder: SCRIPTS
    });

    function fail(error) {
        console.error('The game could not start: ' + (error.message || error));
    }

    function fit() {
        canvas.className = 'fill-mode-' + app.fillMode;
        app.resizeCanvas();
    }

    function configure() {
        app.configure(CONFIG_FILENAME, function (error) {
            if (error) return fail(error);
            fit();
            window.addEventListener('resize', fit, false);
            app.preload(function () {
                app.scenes.loadScene(SCENE_PATH, function (error) {
                    if (error) return fail(error);
                    app.start();
                });
            });
        });
    }

    if (PRELOAD_MODULES.length > 0) {
        loadModules(PRELOAD_MODULES, ASSET_PREFIX, configure);
    } else {
        configure();
    }
})();
