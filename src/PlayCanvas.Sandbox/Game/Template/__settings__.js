ASSET_PREFIX = "";
SCRIPT_PREFIX = "";
SCENE_PATH = "{{scene}}";
CONTEXT_OPTIONS = {
    "alpha": false,
    "antialias": true,
    "preserveDrawingBuffer": false
};
SCRIPTS = [ {{scripts}} ];
CONFIG_FILENAME = "config.json";
INPUT_SETTINGS = {
    useKeyboard: false,
    useMouse: false,
    useGamepads: false,
    useTouch: false
};
PRELOAD_MODULES = [];
