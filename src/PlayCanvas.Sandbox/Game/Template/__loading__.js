// Shown until the preloaded assets are loaded.
(function () {
    var splash = document.createElement('div');
    splash.id = 'application-splash';
    splash.textContent = '{{title}}';
    document.body.appendChild(splash);

    var app = pc.Application.getApplication();
    app.on('preload:end', function () {
        splash.remove();
    });
})();
