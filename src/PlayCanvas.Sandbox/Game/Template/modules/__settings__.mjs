export default {
    assetPrefix: '',
    scriptPrefix: '',
    scenePath: '{{scene}}',
    configFilename: 'config.json',
    contextOptions: { alpha: false, antialias: true, preserveDrawingBuffer: false },
    scripts: [ {{scripts}} ],
    bundle: {{bundle}}
};
