# 命令一览：make help · What there is: make help
# All but `lock` need only Python 3.11, git and make; tools/setup.sh sees to the rest.

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev render desk assets specimen test readers proofs mutants lint bench bench-batch bench-desk docs pictures fonts spelling wheel lock clean

BIN := $(or $(PRESS_VENV),.venv)/bin
UV ?= uv
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' $(LOCK_FLAGS)

help: ## 显示这份说明 Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## 准备环境（.venv 与系统库） Make the environment ready
	@sh tools/setup.sh

setup-dev: ## 同上，并装开发工具 The same with the development tools
	@sh tools/setup.sh dev

render: setup ## 生成样刊各期的 PDF Render the sample issues
	$(BIN)/press --workspace issues render --all

desk: setup-dev ## 在样刊上打开编刊台 Open the desk on the samples
	$(BIN)/press --workspace issues desk

assets: ## 重新生成编刊台的脚本（要有 node 和 npm） Build the desk's script (needs node and npm)
	cd tools/desk && npm ci --ignore-scripts --no-audit --no-fund && npm run --silent build

specimen: setup ## 生成断行样张 build/specimen.pdf Render the line-breaking specimen
	$(BIN)/press --workspace issues render docs/specimen.toml -o build/specimen.pdf

test: setup-dev ## 运行测试 Run the tests
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

readers: setup-dev ## 用浏览器、LibreOffice 等读各种输出（没有的就跳过） Other people's readers over what the press makes
	$(BIN)/python tests/readers/readers.py

proofs: setup-dev ## 运行耗时的证明（tests/proofs；单个用 PROOFS=名称） Run the long proofs
	@sh tools/proofs.sh $(PROOFS)

mutants: setup-dev ## 改动程序的一处，看测试能否发现（很久；单个用 MODULES=typeset/spacing.py） Do the tests notice a changed program?
	$(BIN)/python tools/mutants $(MODULES) $(ARGS)

lint: setup-dev ## 检查代码 Check the code (ruff, mypy, import-linter)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python -m mypy --platform win32 --cache-dir .mypy_cache/win32
	$(BIN)/lint-imports

bench: setup-dev ## 测速 Measure the speed
	$(BIN)/python bench/bench.py $(ARGS)

bench-batch: setup-dev ## 测成批生成（小一点用 ARGS="--issues 20"） How fast many issues are made
	$(BIN)/python bench/batch.py $(ARGS)

bench-desk: setup-dev ## 测编刊台：按一个键到版面、检查更新要多久（要有 chromium、node） How soon the desk shows what is typed
	cd tests/readers && npm ci --ignore-scripts --no-audit --no-fund --silent
	$(BIN)/python bench/desk.py $(ARGS)

docs: setup-dev ## 重新生成规则、键、格式说明和结构图 Write what is generated in docs/
	$(BIN)/python tools/rules_doc.py
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/floors.py

pictures: setup-dev ## 重新生成 README 和手册里的图（要有 pdftoppm、chromium、libreoffice） Draw the pages of README and the guide
	$(BIN)/python tools/pictures.py
	$(BIN)/python tools/pictures_of_outlets.py

fonts: setup-dev ## 重新生成 fonts/（要有 apt 和网络） Build fonts/ anew (needs apt and the network)
	$(BIN)/python fonts/build/build_fonts.py $(ARGS)

spelling: setup-dev ## 重新生成 spelling/（要有 apt 和网络） Build spelling/ anew (needs apt and the network)
	$(BIN)/python tools/spelling/build.py $(ARGS)

wheel: setup ## 打包到 dist/ Build the wheel
	$(BIN)/python -m pip --quiet wheel --no-deps --no-build-isolation --wheel-dir dist .

lock: ## 更新 requirements/（要有 uv；全部升级用 LOCK_FLAGS=--upgrade） Update the locks (needs uv)
	$(COMPILE) pyproject.toml --output-file requirements/runtime.txt
	$(COMPILE) requirements/build.in --output-file requirements/build.txt
	$(COMPILE) pyproject.toml --all-extras -c requirements/runtime.txt -c requirements/build.txt --output-file requirements/extras.txt
	$(COMPILE) pyproject.toml --extra cluster --extra office --extra print --extra word -c requirements/extras.txt \
		--output-file requirements/image.txt
	$(COMPILE) requirements/dev.in --output-file requirements/dev.txt

clean: ## 删除生成的文件与 .venv Remove what was made, and .venv
	rm -rf .venv .venv.lock .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist issues/*/out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
