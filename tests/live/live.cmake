# Results while the run is still going: commands, pipes and signals as they
# really are. actor plays the runner.
alz_test_program(live_actor live/actor.c)
foreach(name latency kills terminal)
    alz_test_program(live_${name} live/${name}.c live/stage.c)
    alz_add_test(NAME live/${name} LABELS live
        COMMAND live_${name} $<TARGET_FILE:allurize> $<TARGET_FILE:live_actor>)
endforeach()
foreach(name copies endings faults merge stop)
    alz_add_test(NAME live/${name} LABELS live
        COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/live/${name}.sh
        $<TARGET_FILE:allurize> $<TARGET_FILE:live_actor>)
endforeach()

# alz_add_recipe(name command...): a section of recipes/README.md, which needs
# these commands.
function(alz_add_recipe name)
    alz_add_test(NAME recipes/${name} LABELS live
        COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/recipes/run.sh
        $<TARGET_FILE:allurize> ${name} ${ARGN})
endfunction()
alz_add_recipe(prove prove)
alz_add_recipe(bats bats)
alz_add_recipe(node node)
alz_add_recipe(meson meson ninja)
alz_add_recipe(kunit)
alz_add_recipe(allurectl perl)
