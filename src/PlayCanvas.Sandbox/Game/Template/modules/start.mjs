import * as playcanvasEngine from 'playcanvas';
{{imports}}

// A bundle also contains the engine, whose names are at the top level of the module.
(function (pc) {
    {{settings}}

    // Scripts that are not modules expect the engine here.
    window.pc = pc;

    const canvas = document.createElement('canvas');
    canvas.id = 'application-canvas';
    document.body.appendChild(canvas);

    const app = new pc.Application(canvas, {
        graphicsDeviceOptions: settings.contextOptions,
        assetPrefix: settings.assetPrefix,
        scriptPrefix: settings.scriptPrefix,
        scriptsOrder: settings.scripts
    });

    const fail = error => console.error(`The game could not start: ${error.message ?? error}`);

    const fit = () => {
        canvas.className = `fill-mode-${app.fillMode}`;
        app.resizeCanvas();
    };

    // The scripts that are modules are in another bundle; their own files are not part of the export.
    if (settings.bundle) {
        const handler = app.loader.getHandler('script');
        const load = handler.load.bind(handler);
        handler.load = (url, callback, asset) => {
            if (!url.load.includes('js/esm-scripts/')) return load(url, callback, asset);
            settings.bundle().then(scripts => {
                for (const script of Object.values(scripts)) {
                    pc.registerScript(script, script.scriptName, app);
                    const schema = asset.data?.scripts?.[script.scriptName];
                    if (schema) app.scripts?.addSchema(script.scriptName, schema);
                }
                callback(null, {}, null);
            }, callback);
        };
    }

    app.configure(settings.configFilename, error => {
        if (error) return fail(error);
        fit();
        window.addEventListener('resize', fit, false);
        app.preload(() => {
            app.scenes.loadScene(settings.scenePath, error => {
                if (error) return fail(error);
                app.start();
            });
        });
    });
})(playcanvasEngine);
